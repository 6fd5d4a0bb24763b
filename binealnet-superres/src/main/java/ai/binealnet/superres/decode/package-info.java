/**
 * Small pictures to large ones with a network wherever it runs: tiles, raw outputs to pixels,
 * pictures for people. Shared by training and devices: no training code is used here.
 */
package ai.binealnet.superres.decode;
