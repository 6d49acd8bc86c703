/** A call of the machine API, as its reference shows it. */
export interface Call {
  /** Names its place on the page. */
  anchor: string;
  method: string;
  path: string;
  /** Null for what anyone may ask. */
  scope: string | null;
  summary: string;
  description: string;
  parameters: readonly CallField[];
  body: readonly CallField[];
  answer: readonly CallField[];
  statuses: readonly { status: string; description: string }[];
  /** A request, as typed in a terminal. */
  example: string;
}

export interface CallField {
  name: string;
  type: string;
  bounds: readonly string[];
  required: boolean;
  description: string;
}
