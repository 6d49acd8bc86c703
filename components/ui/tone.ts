/** What a mark means: `good` is settled in the reader's favour, `wait` is on its way, `warn` wants a look, `bad` needs an act. */
export type Tone = "plain" | "good" | "wait" | "warn" | "bad";
