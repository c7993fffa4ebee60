/** The shop of the scenarios, whose new system holds rows before the move; here some of its old lines are there twice as well. */
import type { Engine } from '../../engine/contract/contract.ts';
import { type PlanFile, planFile } from '../../engine/plan/plan-file.ts';
import { legacyShop } from '../scenarios/existing-target/shop.sql.ts';
import { shopPlan } from '../scenarios/existing-target/shop-plan.ts';

export { newShop } from '../scenarios/existing-target/shop.sql.ts';

export const legacyShopWithDoubles = `${legacyShop};
  insert into shop_order_line select 2000 + id, order_id, category_id, label, price from shop_order_line where id % 50 = 0;`;

/** Records that are on both sides get the old values; of lines with one label the first is moved. */
export async function planShop(engine: Engine): Promise<PlanFile> {
  const plan = shopPlan(await engine.analyze({ structureOnly: true }), 'update');
  return planFile.parse({
    ...plan,
    entities: plan.entities.map((entity) =>
      entity.name === 'order_items' ? { ...entity, dedupe: { by: ['label'], loses: ['price'] } } : entity,
    ),
  });
}
