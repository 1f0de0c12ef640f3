/** The data of the ports: immutable records, no behaviour beyond their own invariants. */
package dev.provisioning.spi.model;
