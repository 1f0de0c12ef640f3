/** The contract of {@link dev.provisioning.spi.RemoteShell}, to be run on a real machine. */
package dev.provisioning.testkit.ssh;
