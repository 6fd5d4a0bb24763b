package ai.binealnet.deploy.cost;

/** Which operand stays in the cells of a systolic array while the others stream through. */
public enum Dataflow {
  /** Output-stationary: a tile is rows x columns results, the sum's terms stream. */
  OS,
  /** Weight-stationary: a tile is rows x columns weights, the pixels stream. */
  WS
}
