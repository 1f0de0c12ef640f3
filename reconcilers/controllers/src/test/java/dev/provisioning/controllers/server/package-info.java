/** Tests of the shell of Servers. */
package dev.provisioning.controllers.server;
