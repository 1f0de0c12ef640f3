/**
 * TaskServs: from a definition, a spec and what machines say to operations on machines, and to the
 * status that tells of them. What runs on a machine, a {@code Bundle}, is made in {@code design};
 * when it runs is decided here.
 */
package dev.provisioning.planning.taskserv;
