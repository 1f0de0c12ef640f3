/** Whether a TaskServDefinition can be used, told before anybody uses it. */
package dev.provisioning.planning.taskserv.definition;
