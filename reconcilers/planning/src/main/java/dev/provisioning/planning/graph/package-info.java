/** Order among named things: which may start, which come later, and which can never start. */
package dev.provisioning.planning.graph;
