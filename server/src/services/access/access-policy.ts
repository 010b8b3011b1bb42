import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { decide, type AccessAction, type AccessObject, type Decision, type Principal } from '../../auth/index.js';
import { Serial } from '../serial.js';
import { grantOf, type StoredGrant } from './grant-rows.js';
import { GrantRow } from './grant.entity.js';

/** Answers who may do what with which service, from all grants in memory; `decide()` is the rule. */
@Injectable()
export class AccessPolicy implements OnModuleInit {
  private readonly byService = new Map<string, readonly StoredGrant[]>();
  private readonly serial = new Serial();

  constructor(@InjectRepository(GrantRow) private readonly rows: Repository<GrantRow>) {}

  async onModuleInit(): Promise<void> {
    for (const grant of (await this.rows.find()).map(grantOf)) {
      this.byService.set(grant.serviceId, [...this.grantsOf(grant.serviceId), grant]);
    }
  }

  decide(principal: Principal, action: AccessAction, object: AccessObject): Decision {
    return decide(this.grantsOf(object.serviceId), principal, action, object);
  }

  /** Of one service, in no particular order. */
  grantsOf(serviceId: string): readonly StoredGrant[] {
    return this.byService.get(serviceId) ?? [];
  }

  all(): readonly StoredGrant[] {
    return [...this.byService.values()].flat();
  }

  /** Reads the grants of one service again, after they changed. */
  refresh(serviceId: string): Promise<void> {
    return this.serial.run(async () => {
      const rows = await this.rows.findBy({ serviceId });
      if (rows.length > 0) this.byService.set(serviceId, rows.map(grantOf));
      else this.byService.delete(serviceId);
    });
  }
}
