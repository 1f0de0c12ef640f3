/**
 * What the operator measures of itself and of the resources, for Prometheus. Belongs here: counting
 * and naming. Does not: any decision. {@code docs/metrics.md} is its text for people.
 */
package dev.provisioning.operator.metrics;
