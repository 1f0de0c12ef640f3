/**
 * The way from names in a spec to the outside world: which provider a Workspace means, how to log
 * in to a Server's machine. Belongs here: resolving and caching clients. Does not: deciding what to
 * do with them.
 */
package dev.provisioning.controllers.provider;
