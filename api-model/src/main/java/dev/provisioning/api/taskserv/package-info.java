/**
 * The kinds TaskServ, a service on machines, and TaskServDefinition, what such a service is. Their
 * specs, statuses and parts, nothing else.
 */
package dev.provisioning.api.taskserv;
