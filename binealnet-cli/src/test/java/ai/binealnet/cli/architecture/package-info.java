/** Rules about who may use whom, checked on the compiled classes of all modules. */
package ai.binealnet.cli.architecture;
