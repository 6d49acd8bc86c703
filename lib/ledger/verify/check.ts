/** Each check rebuilds one kind of number from postings and events alone, and lists every row that differs. */
export interface Check {
  name: string;
  /** Answers rows (what, expected, found), one for each difference. */
  sql: string;
}
