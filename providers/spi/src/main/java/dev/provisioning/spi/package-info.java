/**
 * The ports to the outside world: machine providers, price lists, remote shells. An adapter says
 * what exists and does one named thing once; deciding, retrying and waiting belong to the planners.
 * Data that crosses a port lives in {@link dev.provisioning.spi.model}.
 */
package dev.provisioning.spi;
