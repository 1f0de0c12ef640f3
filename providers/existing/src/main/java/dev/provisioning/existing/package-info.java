/**
 * Machines that exist already, over SSH. Claiming one writes a file on it; nothing here powers a
 * machine off, reboots or wipes it.
 */
package dev.provisioning.existing;
