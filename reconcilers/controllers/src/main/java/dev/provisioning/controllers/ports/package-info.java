/**
 * What the controllers ask of the composition root beside Kubernetes itself: live clients of the
 * provider entries of Workspaces, and room within a Workspace's limits. Interfaces and their values
 * only; no kind's logic.
 */
package dev.provisioning.controllers.ports;
