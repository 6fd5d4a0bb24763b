/**
 * What a network costs on hardware: multiplications and weights by bit-width, activation traffic,
 * and cycles on a systolic array ({@link ai.binealnet.deploy.cost.SystolicArray}). The model and
 * its assumptions are described in {@code docs/cost-model.md}.
 */
package ai.binealnet.deploy.cost;
