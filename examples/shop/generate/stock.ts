/** A store, with the country whose customers call it theirs. */
export interface Store {
  readonly id: string;
  readonly city: string;
  readonly country: string;
  readonly openedOn: string;
}

const store = (id: string, city: string, country: string, openedOn: string): Store => ({ id, city, country, openedOn });

export const STORES: readonly Store[] = [
  store("S01", "Berlin", "DE", "2014-04-05"),
  store("S02", "Hamburg", "DE", "2015-09-12"),
  store("S03", "Freiburg", "DE", "2019-03-30"),
  store("S04", "Vienna", "AT", "2016-05-21"),
  store("S05", "Zurich", "CH", "2017-10-07"),
  store("S06", "Paris", "FR", "2018-04-14"),
  store("S07", "Grenoble", "FR", "2021-06-05"),
  store("S08", "Amsterdam", "NL", "2018-11-03"),
  store("S09", "London", "GB", "2019-09-28"),
  store("S10", "Boston", "US", "2022-05-14"),
];

/** An article; `cents` is its list price. */
export interface Product {
  readonly id: string;
  readonly brand: string;
  readonly category: string;
  readonly cents: number;
}

const SHELVES: readonly (readonly [category: string, cheapest: number, step: number])[] = [
  ["tents", 8_900, 4_550],
  ["boots", 6_495, 1_850],
  ["jackets", 4_990, 2_375],
  ["packs", 3_900, 1_625],
  ["food", 295, 145],
];

const BRANDS = ["Nordlys", "Steinbock", "Col & Cairn", "Tarn"];

/** Ten articles a shelf, from cheap to dear. */
export const PRODUCTS: readonly Product[] = SHELVES.flatMap(([category, cheapest, step]) =>
  Array.from({ length: 10 }, (_, i) => ({
    id: `${category.slice(0, 2).toUpperCase()}${String(i + 1).padStart(2, "0")}`,
    brand: BRANDS[i % BRANDS.length] as string,
    category,
    cents: cheapest + i * step,
  })),
);
