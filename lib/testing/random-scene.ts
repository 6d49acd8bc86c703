import type { ApiHarness, ApiProcess } from "./api-harness";
import type { Dice } from "./dice";
import type { ReferenceModel } from "./model/model";

/** Where one client of a random history acts. */
export interface Scene {
  api: ApiHarness;
  process: ApiProcess;
  model: ReferenceModel;
  dice: Dice;
  /** Of the client: what its accounts' names begin with. */
  name: string;
}
