/** The super-resolution network, a reduced EDSR with a binary body, and its configuration. */
package ai.binealnet.superres.model;
