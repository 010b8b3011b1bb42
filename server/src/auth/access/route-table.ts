import { RequestMethod, type INestApplicationContext } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { ACCESS_RULE, type AccessRule } from './require-permission.js';

export interface Route {
  /** `GET /api/users/:id`. */
  name: string;
  /** `UsersController.read`. */
  handler: string;
  /** Undefined when its author forgot; such a route is refused to everybody. */
  rule: AccessRule | undefined;
}

/** Every route of an application with what it asks of its caller, in the order of the modules. */
export function routeTable(app: INestApplicationContext): Route[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) => (typeof metatype === 'function' ? routesOf(metatype as Class) : []));
}

/** Names of the routes that declare no access rule. */
export const unguardedRoutes = (app: INestApplicationContext): string[] =>
  routeTable(app)
    .filter((route) => !route.rule)
    .map((route) => `${route.name} (${route.handler})`);

type Class = new (...args: never[]) => object;
type Handler = (...args: unknown[]) => unknown;

function routesOf(controller: Class): Route[] {
  const prototype = controller.prototype as Record<string, Handler>;
  const reflector = new Reflector();
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    const method = handler && (Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined);
    if (!handler || method === undefined) return [];
    const rule = reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [handler, controller]);
    return pathsOf(controller, handler).map((path) => ({
      name: `${RequestMethod[method]} ${path}`,
      handler: `${controller.name}.${name}`,
      rule,
    }));
  });
}

function pathsOf(controller: Class, handler: Handler): string[] {
  const prefixes = [Reflect.getMetadata(PATH_METADATA, controller) as string | string[]].flat();
  const suffixes = [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat();
  return prefixes.flatMap((prefix) =>
    suffixes.map((suffix) => `/${prefix}/${suffix}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1')),
  );
}
