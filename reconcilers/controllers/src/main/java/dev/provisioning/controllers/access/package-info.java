/**
 * How controllers reach what specs name: other resources from caches, Secrets, and the login to a
 * Server's machine. Reads only. Belongs here: looking up and assembling. Does not: deciding.
 */
package dev.provisioning.controllers.access;
