import { type Accrual, accrue, sumAccruals } from "@/lib/money/accrual";
import type { Nanos } from "@/lib/money/nanos";
import { type ByService, type Service, services } from "./account";
import type { Commission } from "./terms";

/** What some of a pair's commission base earns its referrer, exactly. */
export const earnedOn = ({ rates }: Commission, service: Service, base: Nanos): Accrual => accrue(base, rates[service]);

export const pairEarned = (commission: Commission, base: ByService): Accrual =>
  sumAccruals(services.map((service) => earnedOn(commission, service, base[service])));
