import { Digest } from "@/components/ui/digest";
import { Fact, Facts } from "@/components/ui/facts";
import { quicknet } from "@/lib/programs/quicknet";

/** The public beacon's parameters, as they are written into this product. */
export function DrandFacts() {
  return (
    <Facts>
      <Fact term="Network">drand quicknet, a round every {quicknet.period} seconds</Fact>
      <Fact term="Round 1 came out">{new Date(quicknet.genesisTime * 1_000).toISOString()}</Fact>
      <Fact long term="Chain">
        <Digest>{quicknet.chainHash}</Digest>
      </Fact>
      <Fact long term="Public key" note={`Signatures by the scheme ${quicknet.scheme}.`}>
        <Digest>{quicknet.publicKey}</Digest>
      </Fact>
    </Facts>
  );
}
