/**
 * A simulated cloud in a process of its own, as real clouds are: it outlives the operator. One call
 * of the port is one HTTP request, its arguments a JSON array. For tests and demonstrations; no
 * authentication, so it listens on the loopback interface only.
 */
package dev.provisioning.simulated.remote;
