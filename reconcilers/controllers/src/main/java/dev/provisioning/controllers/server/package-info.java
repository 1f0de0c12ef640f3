/**
 * The shell around Servers: reads providers, Secrets and other resources into a {@code
 * ServerInput}, and carries out one {@code ServerAction} at a time. Decides nothing.
 */
package dev.provisioning.controllers.server;
