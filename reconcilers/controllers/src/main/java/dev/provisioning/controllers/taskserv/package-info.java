/**
 * The shell of TaskServs and their definitions: what machines, Secrets and other resources say goes
 * in, operations on machines come out. What to do is decided in {@code planning.taskserv}; how to
 * talk to a machine is the business of {@code RemoteShell}.
 */
package dev.provisioning.controllers.taskserv;
