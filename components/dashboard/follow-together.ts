import { type Follower, followLive } from "./follow-live";

/** A part that comes later shows what the server knew before it: what changed so shortly before may be news to it. */
const RENDERED_MS_MAX = 60_000;

const followers = new Set<Follower>();
let stop = () => {};
let changedAt = Number.NEGATIVE_INFINITY;

/**
 * Follows the account's changes by the one stream of the page, whatever parts of it follow.
 * @returns how to stop.
 */
export function followTogether(follower: Follower): () => void {
  followers.add(follower);
  if (followers.size === 1) {
    stop = followLive({
      look: () => {
        changedAt = performance.now();
        for (const { look } of followers) look();
      },
      say: (hearing) => {
        for (const { say } of followers) say(hearing);
      },
    });
  } else if (performance.now() - changedAt < RENDERED_MS_MAX) {
    follower.look();
  }
  return () => {
    followers.delete(follower);
    if (followers.size === 0) stop();
  };
}
