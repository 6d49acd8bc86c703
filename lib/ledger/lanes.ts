/** Fixed for the life of the data: every hot key begins with a lane. */
export const LANES = 64;

/** FNV-1a over UTF-16 units: cheap, spread well enough, and the same for ever. */
export function laneOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash ^ (hash >>> 15)) & (LANES - 1);
}
