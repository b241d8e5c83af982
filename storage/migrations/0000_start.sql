CREATE TABLE `attestations` (
	`id` text PRIMARY KEY NOT NULL,
	`value` blob NOT NULL,
	`written_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `cases` (
	`id` text PRIMARY KEY NOT NULL,
	`details` blob NOT NULL,
	`written_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `deliveries` (
	`key` text PRIMARY KEY NOT NULL,
	`outcome` text NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `entities` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`status` text NOT NULL,
	`person` text,
	`hcp` text,
	`case_id` text,
	`group_code` text,
	`assignee` text,
	`since` text NOT NULL,
	`instant` text,
	`seq` integer NOT NULL,
	`state` text NOT NULL,
	PRIMARY KEY(`kind`, `id`)
);
--> statement-breakpoint
CREATE INDEX `entities_newest` ON `entities` (`kind`,`seq`);--> statement-breakpoint
CREATE INDEX `entities_status` ON `entities` (`kind`,`status`,`seq`);--> statement-breakpoint
CREATE INDEX `entities_person` ON `entities` (`kind`,`person`,`seq`) WHERE "entities"."person" is not null;--> statement-breakpoint
CREATE INDEX `entities_hcp` ON `entities` (`kind`,`hcp`,`seq`) WHERE "entities"."hcp" is not null;--> statement-breakpoint
CREATE INDEX `entities_case` ON `entities` (`kind`,`case_id`,`seq`) WHERE "entities"."case_id" is not null;--> statement-breakpoint
CREATE INDEX `entities_group` ON `entities` (`kind`,`group_code`,`seq`) WHERE "entities"."group_code" is not null;--> statement-breakpoint
CREATE INDEX `entities_assignee` ON `entities` (`kind`,`assignee`,`seq`) WHERE "entities"."assignee" is not null;--> statement-breakpoint
CREATE INDEX `entities_instant` ON `entities` (`kind`,`instant`) WHERE "entities"."instant" is not null;--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`event` text NOT NULL,
	`texts` text,
	`hash` blob NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_stream` ON `events` (`kind`,`id`,`version`);--> statement-breakpoint
CREATE TABLE `grants` (
	`person` text NOT NULL,
	`role` text NOT NULL,
	`hcp` text NOT NULL,
	PRIMARY KEY(`person`, `role`, `hcp`)
);
--> statement-breakpoint
CREATE INDEX `grants_role` ON `grants` (`role`,`hcp`);--> statement-breakpoint
CREATE INDEX `grants_hcp` ON `grants` (`hcp`);--> statement-breakpoint
CREATE TABLE `identities` (
	`key` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`value` blob NOT NULL
);
--> statement-breakpoint
CREATE INDEX `identities_person` ON `identities` (`person`);--> statement-breakpoint
CREATE TABLE `invites` (
	`meeting` text NOT NULL,
	`person` text NOT NULL,
	PRIMARY KEY(`meeting`, `person`)
);
--> statement-breakpoint
CREATE INDEX `invites_person` ON `invites` (`person`);--> statement-breakpoint
CREATE TABLE `kept` (
	`key` text PRIMARY KEY NOT NULL,
	`value` blob NOT NULL,
	`expires_at` text
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`lane` text NOT NULL,
	`payload` text NOT NULL,
	`due_at` text NOT NULL,
	`replaces` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`lease_until` text,
	`dead` integer DEFAULT false NOT NULL,
	`reason` text
);
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`due_at`,`id`) WHERE dead = 0;--> statement-breakpoint
CREATE INDEX `outbox_lane` ON `outbox` (`lane`,`id`) WHERE dead = 0;--> statement-breakpoint
CREATE INDEX `outbox_replaces` ON `outbox` (`replaces`) WHERE "outbox"."replaces" is not null;--> statement-breakpoint
CREATE INDEX `outbox_dead` ON `outbox` (`id`) WHERE dead = 1;--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`details` blob NOT NULL,
	`written_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `people_email` ON `people` (`email`);--> statement-breakpoint
CREATE TABLE `secrets` (
	`name` text PRIMARY KEY NOT NULL,
	`value` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `texts` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`value` blob NOT NULL,
	`written_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `vault` (
	`id` text PRIMARY KEY NOT NULL,
	`bytes` blob NOT NULL,
	`expires_at` text NOT NULL
);
