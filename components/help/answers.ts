import { type BonusState, bonusWords } from "@/components/bonus-state";
import { dollarsExact } from "@/lib/money/format";
import { expectedValue } from "@/lib/programs/odds";
import { type ProgramSentences, programSentences } from "@/lib/programs/sentences";
import type { ProgramName, Terms } from "@/lib/programs/terms";

export interface Answer {
  /** Its address within the page. */
  id: string;
  question: string;
  /** Sentences, each a paragraph. */
  paragraphs: string[];
  /** Points below them. */
  points: string[];
}

export interface Topic {
  title: string;
  answers: Answer[];
}

const waitingStates: readonly BonusState[] = ["locked", "due", "queued", "bound", "held", "taken_back", "not_eligible"];

/** What people ask, answered from the terms in force: a figure here is one the engine runs by. */
export function helpTopics(programs: readonly Terms[]): Topic[] {
  const of = (program: ProgramName) => programs.find((terms) => terms.program === program);
  const [bonus, referral, template] = [of("signup-bonus"), of("referral"), of("template-beta")];
  return [
    ...(bonus ? [{ title: "The bonus", answers: bonusAnswers(bonus) }] : []),
    { title: "Your credit", answers: creditAnswers },
    ...(referral ? [{ title: "Referrals", answers: programAnswers("referral", programSentences(referral)) }] : []),
    ...(template ? [{ title: "Templates", answers: programAnswers("template", programSentences(template)) }] : []),
    { title: "Payments", answers: paymentAnswers },
    { title: "Checking us", answers: trustAnswers },
  ];
}

function bonusAnswers(terms: Terms): Answer[] {
  const sentences = programSentences(terms);
  const odds = "bonus" in terms && terms.bonus.kind === "draw" ? terms.bonus.odds : null;
  return [
    ...programAnswers("bonus", sentences),
    {
      id: "bonus-not-yet",
      question: "Why has my bonus not come?",
      paragraphs: ["The bonus page says which of these it is for you, and what is still missing."],
      points: waitingStates.map((state) => {
        const { label, meaning } = bonusWords(state);
        return `${label}: ${meaning}`;
      }),
    },
    ...(odds
      ? [
          {
            id: "bonus-fair",
            question: "How do I know the draw was fair?",
            paragraphs: [
              "Your draw is bound to a round of randomness that is published after it was bound, and the amount follows from that round, the published odds and your draw's id by a fixed rule. Your bonus page makes it again in your browser and offers a single file that does so without us.",
              `The odds are the same for everybody; the average bonus is ${dollarsExact(expectedValue(odds))}.`,
            ],
            points: [],
          },
        ]
      : []),
  ];
}

function programAnswers(prefix: string, { offer, counts, doesNotCount, conditions }: ProgramSentences): Answer[] {
  return [
    { id: `${prefix}-offer`, question: "What do I get, and for what?", paragraphs: [offer], points: conditions },
    { id: `${prefix}-counts`, question: "What counts?", paragraphs: [], points: counts },
    { id: `${prefix}-not`, question: "What does not count?", paragraphs: [], points: doesNotCount },
  ];
}

const creditAnswers: Answer[] = [
  {
    id: "credit-order",
    question: "Which credit pays first?",
    paragraphs: [
      "Promo credit, then what you earned, then credit bought from others, then the money you paid in. Within each, what expires soonest goes first, then the oldest.",
      "Every interval of usage says what it drew from each: open it on the usage or the statement page.",
    ],
    points: [],
  },
  {
    id: "credit-cents",
    question: "Why do I see cents when the books have nine decimals?",
    paragraphs: [
      "What you own is shown floored to the cent, never rounded up. The exact figure is one hover or tap away, and the switch “Exact amounts” shows it everywhere.",
    ],
    points: [],
  },
  {
    id: "credit-empty",
    question: "What happens when it runs out?",
    paragraphs: [
      "The platform is told, so that it can stop your work. Usage that still happened is recorded, never dropped: it stands as arrears, which your next payment settles first. Promo and earned credit never pays arrears.",
    ],
    points: [],
  },
  {
    id: "credit-cash",
    question: "Can I take bonus credit out, or sell it?",
    paragraphs: [
      "No. Bonus and earned credit pays for any service, and cannot be withdrawn, refunded or sold. Unspent money you paid in can be refunded.",
    ],
    points: [],
  },
];

const paymentAnswers: Answer[] = [
  {
    id: "payment-taken-back",
    question: "What happens when a payment is refunded or disputed?",
    paragraphs: [
      "The deposit is reversed, whole or in part. Usage it had paid for becomes arrears, and a bonus that rested on it is taken back: what is left of it from your promo credit, the rest as debt that later credit settles.",
      "When the dispute is won or you pay again, the same amount comes back. No draw is made twice.",
    ],
    points: [],
  },
  {
    id: "payment-pending",
    question: "I paid, and nothing is here. Where is it?",
    paragraphs: [
      "A payment is credited when the payment provider says it is settled, not when it is promised; cards take seconds, crypto can take longer. The funds page shows payments under way.",
    ],
    points: [],
  },
];

const trustAnswers: Answer[] = [
  {
    id: "trust-cent",
    question: "Can I see where a cent came from?",
    paragraphs: [
      "Yes, any of them. Each line of your statement opens to the usage behind it, the terms and rate it was judged by, the arithmetic, and the deposits and bonuses that paid.",
    ],
    points: [],
  },
  {
    id: "trust-edit",
    question: "Can somebody edit the books?",
    paragraphs: [
      "The ledger is append-only: the program that serves this page has no right to change or delete what was posted, and a check rebuilds every balance from its postings and names each difference.",
    ],
    points: [],
  },
];
