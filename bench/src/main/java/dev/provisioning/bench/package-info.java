/**
 * Benchmarks: what `./dev bench` runs. Here: timing, samples, the raw data. Each benchmark has a
 * package of its own. Nothing of the product depends on this.
 */
package dev.provisioning.bench;
