import { Table, TableForeignKey, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { column } from '../server/src/platform/index.js';

const belongsTo = (table: string, name: string, columnName: string): TableForeignKey =>
  new TableForeignKey({
    name,
    columnNames: [columnName],
    referencedTableName: table,
    referencedColumnNames: ['id'],
    onDelete: 'CASCADE',
    onUpdate: 'NO ACTION',
  });

const unique = (name: string, ...columnNames: string[]): TableIndex =>
  new TableIndex({ name, columnNames, isUnique: true });

const index = (name: string, ...columnNames: string[]): TableIndex => new TableIndex({ name, columnNames });

const EPOCH = new Table({ name: 'auth_epoch', columns: [column.id(), column.int('epoch')] });

const USER = new Table({
  name: 'auth_user',
  columns: [
    column.id(),
    column.text('email', 254),
    column.text('display_name', 120),
    column.text('language', 2, { isNullable: true }),
    column.text('password_hash', 255, { isNullable: true }),
    column.flag('enabled', true),
    column.text('source', 16),
    column.moment('created_at'),
    column.moment('last_seen_at', true),
    column.int('version'),
  ],
  indices: [unique('uq_auth_user_email', 'email')],
});

const ROLE = new Table({
  name: 'auth_role',
  columns: [column.text('name', 40, { isPrimary: true }), column.text('title', 80), column.long('permissions')],
});

const USER_ROLE = new Table({
  name: 'auth_user_role',
  columns: [column.text('user_id', 36, { isPrimary: true }), column.text('role', 40, { isPrimary: true })],
  indices: [index('ix_auth_user_role_role', 'role')],
  foreignKeys: [belongsTo('auth_user', 'fk_auth_user_role_user', 'user_id')],
});

const GROUP = new Table({
  name: 'auth_group',
  columns: [
    column.id(),
    column.text('name', 80),
    column.text('description', 500),
    column.moment('created_at'),
    column.int('version'),
  ],
  indices: [unique('uq_auth_group_name', 'name')],
});

const MEMBERSHIP = new Table({
  name: 'auth_membership',
  columns: [
    column.text('group_id', 36, { isPrimary: true }),
    column.text('user_id', 36, { isPrimary: true }),
    column.moment('added_at'),
  ],
  indices: [index('ix_auth_membership_user', 'user_id')],
  foreignKeys: [
    belongsTo('auth_group', 'fk_auth_membership_group', 'group_id'),
    belongsTo('auth_user', 'fk_auth_membership_user', 'user_id'),
  ],
});

const SESSION = new Table({
  name: 'auth_session',
  columns: [
    column.id(),
    column.text('token_hash', 64),
    column.ref('user_id'),
    column.moment('created_at'),
    column.moment('last_seen_at'),
    column.moment('expires_at'),
  ],
  indices: [unique('uq_auth_session_hash', 'token_hash'), index('ix_auth_session_user', 'user_id')],
  foreignKeys: [belongsTo('auth_user', 'fk_auth_session_user', 'user_id')],
});

const API_KEY = new Table({
  name: 'auth_api_key',
  columns: [
    column.id(),
    column.ref('user_id'),
    column.text('name', 80),
    column.text('secret_hash', 64),
    column.text('prefix', 16),
    column.long('scopes'),
    column.long('service_ids', true),
    column.moment('created_at'),
    column.moment('expires_at', true),
    column.moment('last_used_at', true),
    column.moment('revoked_at', true),
  ],
  indices: [
    unique('uq_auth_api_key_hash', 'secret_hash'),
    index('ix_auth_api_key_user', 'user_id', 'created_at', 'id'),
  ],
  foreignKeys: [belongsTo('auth_user', 'fk_auth_api_key_user', 'user_id')],
});

const EMBED_APP = new Table({
  name: 'auth_embed_app',
  columns: [
    column.id(),
    column.text('name', 80),
    column.long('allowed_origins'),
    column.flag('create_users', false),
    column.text('secret_hash', 64),
    column.text('prefix', 16),
    column.moment('created_at'),
    column.moment('last_used_at', true),
    column.int('version'),
  ],
  indices: [unique('uq_auth_embed_app_name', 'name'), unique('uq_auth_embed_app_hash', 'secret_hash')],
});

const EMBED_SESSION = new Table({
  name: 'auth_embed_session',
  columns: [
    column.id(),
    column.text('token_hash', 64),
    column.ref('app_id'),
    column.ref('user_id'),
    column.text('origin', 255),
    column.long('scopes'),
    column.text('external_id', 128, { isNullable: true }),
    column.moment('created_at'),
    column.moment('expires_at'),
  ],
  indices: [
    unique('uq_auth_embed_session_hash', 'token_hash'),
    index('ix_auth_embed_session_app', 'app_id'),
    index('ix_auth_embed_session_user', 'user_id'),
  ],
  foreignKeys: [
    belongsTo('auth_embed_app', 'fk_auth_embed_session_app', 'app_id'),
    belongsTo('auth_user', 'fk_auth_embed_session_user', 'user_id'),
  ],
});

/** In the order in which they refer to each other. */
const TABLES = [EPOCH, USER, ROLE, USER_ROLE, GROUP, MEMBERSHIP, SESSION, API_KEY, EMBED_APP, EMBED_SESSION];

/** Users, groups, roles and every credential that somebody can come with. */
export class CreateAuthTables1764000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(table, true);
    await runner.query(`INSERT INTO auth_epoch (id, epoch) VALUES ('accounts', 0)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table);
  }
}
