/** Shows every amount on the page in full while it is on; the style sheet does the rest, so it needs no script. */
export function ExactSwitch() {
  return (
    <label className="flex min-h-8 cursor-pointer items-center gap-2 text-muted text-sm">
      <input id="exact-amounts" type="checkbox" className="size-4 accent-accent" />
      Exact amounts
    </label>
  );
}
