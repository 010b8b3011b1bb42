import js from '@eslint/js';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores([
    'dist/',
    '.angular/',
    'data/',
    'coverage/',
    '**/*.mjs',
    'libs/api-client/src/schema.ts',
    'server/src/demo/**/*.js',
  ]),
  {
    files: ['**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.recommendedTypeChecked, prettier],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
      'no-console': 'error',
      'no-restricted-globals': [
        'error',
        {
          name: 'fetch',
          message: 'Outbound requests go through Egress, which checks the address that was connected to.',
        },
      ],
    },
  },
  {
    // Decorated parameters need their types at run time.
    files: ['server/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    // What runs for every call.
    files: ['audit/calls', 'clients/manager', 'gateway', 'limits', 'platform/egress', 'platform/http', 'tools'].map(
      (folder) => `server/src/${folder}/**/*.ts`,
    ),
    ignores: ['**/*.spec.ts', '**/spec/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'AssignmentExpression[left.type="MemberExpression"] > :matches(ArrowFunctionExpression, FunctionExpression).right',
          message:
            'V8 allocates a function that is written as the right side of `object.property = …` as old, and keeps all that it reaches until the next full collection. Give it a name first.',
        },
      ],
    },
  },
  {
    files: [
      'server/src/run-product.ts',
      'server/src/start-product.ts',
      'server/src/make-key.ts',
      'server/src/audit-verify.ts',
      'admin-ui/src/main.ts',
      'admin-ui/src/app/i18n/texts.ts',
      'libs/testing/**/*.ts',
      'bench/**/*.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: [
      'admin-ui/**/*.ts',
      'libs/chat-widget/**/*.ts',
      'libs/api-client/**/*.ts',
      'libs/testing/**/*.ts',
      'e2e/**/*.ts',
      'bench/**/*.ts',
      '**/*.spec.ts',
      '**/spec/**/*.ts',
    ],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    files: ['**/*.spec.ts', 'e2e/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: ['admin-ui/**/*.ts'], extends: [angular.configs.tsRecommended], processor: angular.processInlineTemplates },
  {
    files: ['admin-ui/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },
);
