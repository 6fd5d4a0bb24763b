package ai.binealnet.deploy.cost;

/** What happens between two tiles of one layer on a systolic array. */
public enum Tiles {
  /** The next tile enters while the last one leaves: filling and draining are paid once a layer. */
  OVERLAPPED,
  /** Every tile fills and drains the array, as SCALE-Sim counts. */
  SEPARATE
}
