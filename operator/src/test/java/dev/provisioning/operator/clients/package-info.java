/** Tests of the clients. */
package dev.provisioning.operator.clients;
