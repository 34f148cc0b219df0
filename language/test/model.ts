/** The model that tests are written over, which is that of the catalogue's examples. */
export { EXAMPLE_MODEL as SHOP_MODEL } from "../diagnostics/example-model.ts";
