const sides = [
  {
    title: "What you see of them",
    points: [
      "When each signed up, whether it spends and has qualified, and, if it is void or in review, why.",
      "What each earns you, by service and month: with the rates, that says what it spent on those services inside its window.",
      "Never a name, an e-mail address, a balance, a resource, or what is spent on anything that earns you nothing.",
    ],
  },
  {
    title: "What they see of you",
    points: [
      "Before they sign up: your first name, if you allow it above; otherwise nothing. Your link’s code is what you make it.",
      "Afterwards: that they were referred, your rates, until when you earn, and what that still waits for. Never how much.",
    ],
  },
  {
    title: "What we keep of visits",
    points: [
      "One number for each code and day: how many browsers followed it. No address, no device, no name; programs that only preview links are left out.",
      "A cookie in the visitor’s own browser remembers the link for 30 days. They can make it forget.",
      "The platform’s operators see both accounts, and that one referred the other.",
    ],
  },
] as const;

/** Who sees what about whom, as the pages and the machine API tell it. */
export function WhoSeesWhat() {
  return (
    <div className="grid gap-x-8 gap-y-4 text-sm lg:grid-cols-3">
      {sides.map(({ title, points }) => (
        <div key={title}>
          <h3 className="font-medium">{title}</h3>
          <ul className="mt-1 list-disc pl-5 text-muted">
            {points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
