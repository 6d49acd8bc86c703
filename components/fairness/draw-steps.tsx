import { Digest } from "@/components/ui/digest";

/** How a draw goes, from the trigger to the posting. */
const steps = [
  {
    title: "It becomes due",
    text: "The trigger is reached. That posting writes only that a draw is due; it holds no amount.",
  },
  {
    title: "It is bound to a future round",
    text: "The draw gets a round of the beacon that is not out yet: at least 3 seconds ahead, with the public drand beacon at least 90. The database refuses anything sooner. Nothing that a customer or the operator chooses enters: the draw's id was fixed at sign-up.",
  },
  {
    title: "The round comes out",
    text: "Its 32 bytes of randomness are checked against what was published before, and stored with the draw. If it is late, the draw waits. There is no other source and no second draw.",
  },
  {
    title: "The amount is computed",
    text: "Two numbers are taken from the randomness: the first, of 1,000,000, picks the tier by the weights; the second picks the cents within it, each as likely as the other.",
  },
  {
    title: "It is posted and published",
    text: "The bonus is posted under a cause made from the draw's id, so it cannot be posted twice, and everything needed to repeat the calculation can be read by anyone.",
  },
] as const;

export function DrawSteps() {
  return (
    <div className="grid gap-5">
      <ol className="grid max-w-prose list-decimal gap-3 pl-5 marker:text-muted">
        {steps.map(({ title, text }) => (
          <li key={title} className="pl-1">
            <p className="font-semibold">{title}</p>
            <p className="text-muted">{text}</p>
          </li>
        ))}
      </ol>
      <p className="max-w-prose text-sm">
        The numbers are the first six bytes of HMAC-SHA256, keyed with the randomness, over{" "}
        <Digest>bonus-draw/v1|oddsHash|drawId|counter</Digest>, with the counter running from 0. A number is rejected,
        and the next one taken, where it would favour some results over others.
      </p>
    </div>
  );
}
