/**
 * The shell of Workspaces: probes of their providers, the book of what their Servers use, their
 * login key. What follows from it is decided in {@code planning.workspace}.
 */
package dev.provisioning.controllers.workspace;
