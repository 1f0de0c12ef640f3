/**
 * The pure core: from facts to plans to statuses. Nothing here reads a clock, draws a random
 * number, logs or calls anybody. One sub-package per kind, each with the same words: {@code
 * XxxInput} (everything the decision needs), {@code XxxAction} (sealed), {@code XxxPlanner}, {@code
 * XxxProjector}. What all kinds share is in this package.
 */
package dev.provisioning.planning;
