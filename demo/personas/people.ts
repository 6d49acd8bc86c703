/** Someone the demo knows: offered on the sign-in page, with a history made by `seed.ts`. */
export interface Persona {
  key: string;
  name: string;
  email: string;
  /** What there is to see, in one line. */
  about: string;
  /** Acts for the platform, and has no past as a customer. */
  isOperator?: true;
}

export const people: readonly Persona[] = [
  {
    key: "new",
    name: "Nora New",
    email: "nora@demo.example",
    about: "Has just paid in $25; her GPUs start when she signs in, and the bar moves to $10.",
  },
  {
    key: "referrer",
    name: "Rafael Referrer",
    email: "rafael@demo.example",
    about:
      "Seven people followed his link: one only signed up, one paid with his card and is held for review, one pair's six months are over.",
  },
  {
    key: "referred",
    name: "Rita Referred",
    email: "rita@demo.example",
    about: "Followed Rafael's link, has spent $10 and has her bonus; a saved card tops her up when credit runs low.",
  },
  {
    key: "creator",
    name: "Tara Template",
    email: "tara@demo.example",
    about: "Published three templates: one earns, one is short of its 24 hours, one nobody has started yet.",
  },
  {
    key: "imported",
    name: "Ivan Imported",
    email: "ivan@demo.example",
    about: "Was a customer before: the operator imported his account and credit, and signing in claims it.",
  },
  {
    key: "operator",
    name: "Olga Operator",
    email: "olga@demo.example",
    about: "Runs the platform: at the foot of her dashboard is the operator area, with what waits for a decision.",
    isOperator: true,
  },
  {
    key: "second-operator",
    name: "Otto Operator",
    email: "otto@demo.example",
    about: "The second operator: credit above $500 that Olga asks for waits for him.",
    isOperator: true,
  },
];

/** The platform's name of a persona's account. */
export const accountOf = (key: string): string => `demo-${key}`;
