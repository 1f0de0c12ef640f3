/** The kind Server: a machine. Its spec, its status and their parts, nothing else. */
package dev.provisioning.api.server;
