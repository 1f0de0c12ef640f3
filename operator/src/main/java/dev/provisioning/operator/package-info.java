/**
 * The composition root: reads the configuration, builds the object graph by hand, starts and stops
 * it, and tells of its health. Belongs here: wiring. Does not: any decision about resources.
 */
package dev.provisioning.operator;
