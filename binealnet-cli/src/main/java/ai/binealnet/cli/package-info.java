/** The command {@code binealnet}: parses arguments, calls the modules, prints. */
package ai.binealnet.cli;
