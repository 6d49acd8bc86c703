// Read by every Node there is: nothing newer than it must understand to refuse politely.
const needed = [20, 9];

/** One sentence when this Node is too old, otherwise undefined. */
export function tooOld(version) {
  const [major, minor] = version.split(".").map(Number);
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return undefined;
  return `Tenspot needs Node ${needed.join(".")} or newer, and this is Node ${version}: install a newer one from https://nodejs.org and try again.`;
}
