import { Controller, Get, Module, Post, type INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Public, RequirePermission, SignedIn } from './require-permission.js';
import { routeTable, unguardedRoutes } from './route-table.js';

@Controller('api/things')
class ThingsController {
  @Get()
  @RequirePermission('services:read')
  list(): string[] {
    return [];
  }

  @Get(':id')
  @SignedIn()
  read(): null {
    return null;
  }

  @Post()
  forgotten(): null {
    return null;
  }

  notARoute(): null {
    return null;
  }
}

@Controller(['', 'home'])
@Public()
class HomeController {
  @Get(['/', 'welcome'])
  home(): null {
    return null;
  }
}

@Module({ controllers: [ThingsController, HomeController] })
class ThingsModule {}

describe('the route table', () => {
  let app: INestApplication;

  beforeAll(async () => {
    app = (await Test.createTestingModule({ imports: [ThingsModule] }).compile()).createNestApplication();
    await app.init();
  });

  afterAll(() => app.close());

  it('finds the one route whose author forgot to say who may call it', () => {
    expect(unguardedRoutes(app)).toEqual(['POST /api/things (ThingsController.forgotten)']);
  });

  it('lists every path of every handler with its rule', () => {
    expect(routeTable(app).map(({ name, rule }) => [name, rule?.kind])).toEqual([
      ['GET /api/things', 'permission'],
      ['GET /api/things/:id', 'signed-in'],
      ['POST /api/things', undefined],
      ['GET /', 'public'],
      ['GET /welcome', 'public'],
      ['GET /home', 'public'],
      ['GET /home/welcome', 'public'],
    ]);
  });
});
