/**
 * Machines as containers of the engine on this computer: systemd, sshd and cloud-init run in them,
 * so everything above the provider works as on a rented machine.
 */
package dev.provisioning.local;
