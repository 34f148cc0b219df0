/** Draws again only when something that is shown is another: focus, selection and scrolling stay while the rest of the page moves on. */
export function whenChanged(): (shows: readonly unknown[], draw: () => void) => void {
  let last: readonly unknown[] | null = null;
  return (shows, draw) => {
    if (last?.length === shows.length && last.every((value, index) => value === shows[index])) return;
    last = shows;
    draw();
  };
}
