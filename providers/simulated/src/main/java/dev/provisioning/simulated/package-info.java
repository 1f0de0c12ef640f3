/**
 * A cloud in memory: for benchmarks, for trying the operator without any engine, and as the world
 * of tests, with lag, faults and a ledger. Machines here are records; nothing ever logs in to one.
 */
package dev.provisioning.simulated;
