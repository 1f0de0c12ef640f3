/** Tests of the remote shell: in process, of the script alone, and on real machines. */
package dev.provisioning.ssh;
